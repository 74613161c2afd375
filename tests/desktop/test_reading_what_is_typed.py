"""Names as people type them."""

import pytest
from taizhang_desktop.kit.names_text import read_names, show_names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        pytest.param("", (), id="nobody"),
        pytest.param("张三、李四", ("张三", "李四"), id="the ledger's own sign"),
        pytest.param("张三,李四；王五", ("张三", "李四", "王五"), id="any sign between"),
        pytest.param("张三 李四", ("张三", "李四"), id="a space between names"),
        pytest.param("张 三、李　四", ("张三", "李四"), id="a space inside a short name"),
        pytest.param("张三、张三", ("张三",), id="each once"),
        pytest.param("买买提·吐尔逊、王𡛕", ("买买提·吐尔逊", "王𡛕"), id="dotted and rare names stay whole"),
    ],
)
def test_names_are_read(typed: str, names: tuple[str, ...]) -> None:
    assert read_names(typed) == names
    assert read_names(show_names(names)) == names
