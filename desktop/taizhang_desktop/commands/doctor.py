"""``taizhang doctor``: what the program finds on this PC, a line each; what is wrong is said and nothing is changed."""

from datetime import date
from importlib.metadata import version
from pathlib import Path

from taizhang_casework.domain.trouble import OfficeTrouble

from taizhang_desktop.bootstrap.diagnosis import database_engine, faces_of_this_pc, font_files, keyring_backend
from taizhang_desktop.bootstrap.rules import load_rules
from taizhang_desktop.bootstrap.verifying import look_for_access, look_for_keys
from taizhang_desktop.places import data_folder, vaults_in

WELL, WRONG = 0, 1


def doctor(data: Path | None) -> int:
    """Print the findings; 1 where something that the program needs is not there."""
    folder = data or data_folder()
    faults: list[str] = []
    print(f"台账 {version('taizhang')}")
    for title, look in (("数据库引擎", database_engine), ("系统密钥环", keyring_backend), ("字体", font_files)):
        try:
            print(f"{title}：{look()}")
        except OfficeTrouble as trouble:
            print(f"{title}：{trouble}")
            if look is not keyring_backend:
                faults.append(title)
    print("本机的公文字体：" + "\n　　".join(faces_of_this_pc()))
    rules = load_rules()
    years = rules.calendar.published_years
    print(f"工作日历：已公布{years[0]}—{years[-1]}年（版本{rules.calendar.version}），其他年份按周末和法定节日预计")
    if date.today().year > years[-1]:  # noqa: DTZ011 - the year of this PC
        print(f"　　提示：今年的节假日安排还没有装入，{years[-1]}年以后的期限标“预计”")
    print(
        f"政策包：{rules.pack.document}（{rules.pack.id}），{len(rules.divisions.towns)}个镇街{len(rules.divisions.villages)}个村（社区）"
    )
    vaults = vaults_in(folder)
    print(
        f"数据文件夹：{folder}，"
        + (f"{len(vaults)}个单位：{'、'.join(each.name for each in vaults)}" if vaults else "还没有台账")
    )
    for vault in vaults:
        try:
            look_for_keys(vault)
            look_for_access(vault)
        except OfficeTrouble as trouble:
            print(f"　　{vault.name}：{trouble}")
            faults.append(vault.name)
    print("检查完毕，一切正常。" if not faults else f"检查完毕，需要处理：{'、'.join(faults)}。")
    return WRONG if faults else WELL
