"""A PDF that is signed with the office's certificate: another program's verdict, and what becomes of it when a byte changes."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from taizhang_casework.domain.letter import ResultNotice
from taizhang_printing.letter import letters_paper
from taizhang_printing.signature import Certificate, UnfitCertificate

NOW = datetime(2022, 4, 29, 9, 5, tzinfo=UTC)


def certificate(until: datetime = NOW + timedelta(days=365)) -> bytes:
    """A PKCS#12 file of a made-up office: EC P-256, passphrase 1234."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "测试街道办事处")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(until)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"office", key, made, None, BestAvailableEncryption(b"1234"))


def verdict(path: Path) -> str:
    return subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout


@pytest.fixture
def signed(notice_of: Callable[..., ResultNotice]) -> bytes:
    return Certificate(certificate(), "1234").sign(letters_paper((notice_of(100),)), NOW)


def test_another_program_finds_the_signature_valid_and_over_the_whole_paper(signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(signed)
    said = verdict(path)
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert "测试街道办事处" in said
    assert "ETSI.CAdES.detached" in said


def test_a_changed_byte_shows(signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    changed = bytearray(signed)
    at = changed.index(b"stream\n") + 40
    changed[at] ^= 1
    path.write_bytes(bytes(changed))
    said = verdict(path)
    assert "Signature is Valid" not in said
    assert "Digest Mismatch" in said


def test_the_paper_beneath_is_the_one_that_was_drawn(signed: bytes, notice_of: Callable[..., ResultNotice]) -> None:
    assert signed.startswith(letters_paper((notice_of(100),)).content)


@pytest.mark.parametrize(
    ("raw", "passphrase"),
    [
        pytest.param(certificate(), "4321", id="another passphrase"),
        pytest.param(b"no certificate", "1234", id="another kind of file"),
        pytest.param(b"", "", id="an empty file"),
    ],
)
def test_what_cannot_be_opened_is_said(raw: bytes, passphrase: str) -> None:
    with pytest.raises(UnfitCertificate, match="证书文件打不开：口令不对"):
        Certificate(raw, passphrase)


def test_a_certificate_without_its_key_is_told_from_a_wrong_passphrase() -> None:
    opened = pkcs12.load_key_and_certificates(certificate(), b"1234")
    keyless = pkcs12.serialize_key_and_certificates(b"office", None, opened[1], None, BestAvailableEncryption(b"1234"))
    with pytest.raises(UnfitCertificate, match="证书文件里没有私钥"):
        Certificate(keyless, "1234")


def test_a_paper_without_a_place_of_seal_is_not_signed(notice_of: Callable[..., ResultNotice]) -> None:
    paper = msgspec.structs.replace(letters_paper((notice_of(100),)), seals=())
    with pytest.raises(UnfitCertificate, match="没有盖章的位置"):
        Certificate(certificate(), "1234").sign(paper, NOW)


def test_an_expired_certificate_signs_nothing(notice_of: Callable[..., ResultNotice]) -> None:
    expired = Certificate(certificate(NOW - timedelta(days=1)), "1234")
    with pytest.raises(UnfitCertificate, match=r"“测试街道办事处”不在有效期内（到2022-04-28为止）"):
        expired.sign(letters_paper((notice_of(100),)), NOW)


def test_the_signature_adds_no_words_of_its_own_to_the_page(
    signed: bytes, notice_of: Callable[..., ResultNotice], tmp_path: Path
) -> None:
    """What a reader shows of it is the reader's; on the paper the seal stands alone, and every font is embedded."""
    with (
        pypdfium2.PdfDocument(signed) as after,
        pypdfium2.PdfDocument(letters_paper((notice_of(100),)).content) as before,
    ):
        for page, unsigned in zip(after, before, strict=True):
            assert page.render(scale=1).to_pil().tobytes() == unsigned.render(scale=1).to_pil().tobytes()
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    told = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True)
    assert told.stderr == ""
    assert "Courier" not in told.stdout
    assert (
        "Timestamp" not in subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    )
