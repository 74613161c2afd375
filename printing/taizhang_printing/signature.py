"""The signature of a PDF (PAdES, ETSI EN 319 142-1) with the office's certificate, visible at the seal.

The certificate is a PKCS#12 file with its passphrase, handed in for one signing and kept nowhere.
"""

import io
from datetime import datetime

from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner, fields
from pyhanko.stamp import StaticStampStyle

from taizhang_printing.document import Finished, SealPlace
from taizhang_printing.seal import SIDE
from taizhang_printing.trouble import PrintingTrouble

UNSEEN = StaticStampStyle(border_width=0)
"""What the signature draws at its place: nothing, since the seal stands there. pyHanko's own is words in a font not embedded."""


class UnfitCertificate(PrintingTrouble):
    """The file is no PKCS#12 with a key, its passphrase is another, or its certificate may not sign now or not this paper."""

    def __init__(self, says: str, do: str) -> None:
        super().__init__(says, safe="没有生成签名的文件，台账没有改动", do=do)


class Certificate:
    """An office's certificate with its private key, ready to sign."""

    def __init__(self, pkcs12: bytes, passphrase: str) -> None:
        """UnfitCertificate where the file cannot be opened with the passphrase or holds no key."""
        try:
            key, certificate, _ = load_key_and_certificates(pkcs12, passphrase.encode())
            if key is None or certificate is None:
                raise UnfitCertificate("证书文件里没有私钥，不能用来签名", "请换用从证书介质导出时带私钥的文件")
            self._signer = SimpleSigner.load_pkcs12_data(pkcs12, other_certs=[], passphrase=passphrase.encode())
        except ValueError as error:
            says = "证书文件打不开：口令不对，或者不是带私钥的PKCS#12（.p12、.pfx）文件"
            raise UnfitCertificate(says, "请核对口令和文件后再试") from error

    @property
    def owner(self) -> str:
        """Whom the certificate names."""
        return str(self._signer.signing_cert.subject.native.get("common_name", ""))

    def valid_on(self, moment: datetime) -> bool:
        """Whether it may sign at that moment."""
        cert = self._signer.signing_cert
        return bool(cert.not_valid_before <= moment <= cert.not_valid_after)

    def sign(self, paper: Finished, moment: datetime) -> bytes:
        """The paper, signed once, with the signature's place at the last seal.

        UnfitCertificate where the certificate has expired, and of a paper without a place of seal.
        """
        if not self.valid_on(moment):
            until = self._signer.signing_cert.not_valid_after
            says = f"证书“{self.owner}”不在有效期内（到{until:%Y-%m-%d}为止）"
            raise UnfitCertificate(says, "请换用有效的证书，或者打印后盖章")
        if not paper.seals:
            raise UnfitCertificate("这份材料上没有盖章的位置，不能签名", "请打印后手工签字、盖章")
        writer = IncrementalPdfFileWriter(io.BytesIO(paper.content))
        place = paper.seals[-1]
        fields.append_signature_field(
            writer, fields.SigFieldSpec("Seal", on_page=place.page, box=_box(place), empty_field_appearance=True)
        )
        meta = PdfSignatureMetadata(
            field_name="Seal", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, name=self.owner
        )
        signed = PdfSigner(meta, signer=self._signer, stamp_style=UNSEEN).sign_pdf(writer, existing_fields_only=True)
        return bytes(signed.getbuffer())


def _box(place: SealPlace) -> tuple[int, int, int, int]:
    half = SIDE / 2
    return (round(place.x - half), round(place.y - half), round(place.x + half), round(place.y + half))
