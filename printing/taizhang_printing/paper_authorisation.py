"""承诺授权书 as a form: the words of the pack, then a line for each who signs."""

from taizhang_casework.domain.papers.authorisation import AuthorisationForm, Signer

from taizhang_printing.form_cells import (
    BLANK_DAY,
    Column,
    Form,
    Gap,
    Paragraph,
    Signing,
    table,
)

COLUMNS = (
    Column.of("序号", 10),
    Column.of("姓名", name=True),
    Column.of("身份证号码", 40, one_line=True),
    Column.of("身份或\n与户主关系", 24),
    Column.of("签字（捺印）", 28),
    Column.of("监护人\n（代签的填）", 24, name=True),
    Column.of("日期", 20),
)
LINE = 11.0
"""A line that bears a signature or a fingerprint."""
NOTE = (
    "每名成年家庭成员和赡养（抚养、扶养）义务人各签一行，不会写字的捺印。"
    "未成年人和不能签字的人由监护人代签，写明监护人姓名并捺印。"
)


def authorisation_form(paper: AuthorisationForm) -> Form:
    """One page; more where the household is large."""
    addressee, *body = paper.paragraphs
    signers = (*paper.signers, *(None for _ in range(paper.more)))
    return Form(
        title=paper.title,
        blocks=(
            Gap(height=2),
            Paragraph(text=addressee, indent=0, keep=True),
            *(Paragraph(text=text) for text in body),
            Gap(height=3),
            table(
                COLUMNS,
                [_texts(number, signer) for number, signer in enumerate(signers, 1)],
                height=LINE,
                grows_to=14,
                head_height=11,
                size=10,
            ),
            Gap(height=2),
            Paragraph(text=f"注：{NOTE}", size=9, indent=0, pitch=1.4),
            Signing(fields=("见证人（镇村干部签字）：", f"日期：{BLANK_DAY}"), height=14),
        ),
        author=paper.office_name,
        whose=paper.head_name,
        personal=paper.personal,
        sizes=(12, 11.5, 11),
    )


def _texts(number: int, signer: Signer | None) -> tuple[str, ...]:
    if signer is None:
        return (f"{number}", *("" for _ in COLUMNS[1:]))
    as_what = f"{signer.as_what}（未成年）" if signer.minor else signer.as_what
    return (f"{number}", signer.name, signer.id_number, as_what, "", signer.guardian, "")
