"""The preview of an attachment inside the program: a whole photo, or a page as wide as the pane, and larger where asked."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget
from taizhang_casework.domain.attachment import MediaType

from taizhang_desktop.kit.giving_way import ends
from taizhang_desktop.kit.parts import Button, column, label, permit, row
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.viewmodels.attachment_preview import Preview
from taizhang_desktop.viewmodels.attachment_words import COPY_TIP, KINDS
from taizhang_desktop.viewmodels.attachments import AttachmentsModel

_STEP, _LEAST, _MOST = 1.25, 0.5, 6.0
_MARGIN = 4


class AttachmentView(QWidget):
    """← and → turn pages, + and − change the size; Esc (dealt with by the pane) goes back to the list."""

    def __init__(self, model: AttachmentsModel) -> None:
        """Begin blank."""
        super().__init__()
        self._model = model
        self._preview: Preview | None = None
        self._zoom = 1.0
        self.name = label("", "heading")
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.page = label("", "muted")
        self.page.setObjectName("attachment_page")
        self.before = _button("上一页", "attachment_before", lambda: model.turn(-1))
        self.after = _button("下一页", "attachment_after", lambda: model.turn(1))
        self.smaller = _button("缩小", "attachment_smaller", lambda: self._resize(1 / _STEP))
        self.larger = _button("放大", "attachment_larger", lambda: self._resize(_STEP))
        self.copy = _button("另存…", "attachment_view_copy", self._copy, Icon.SAVE)
        permit(self.copy, model.may_not_copy, tip=COPY_TIP)
        self.back = _button("返回列表", "attachment_to_list", model.look_no_more)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.room = QScrollArea()
        self.room.setObjectName("attachment_picture")
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.room.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.room.setWidget(self.picture)
        self.room.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.room.installEventFilter(self)
        self.room.viewport().installEventFilter(self)
        self.states = StateStack(self.room)
        parts = column(
            ends((self.name, self.page), (self.before, self.after, self.smaller, self.larger)),
            self.states,
            row(self.back, None, self.copy),
            spacing=SPACE.medium,
        )
        parts.setStretchFactor(self.states, 1)
        self.setLayout(parts)

    def begin(self) -> None:
        """Focus the picture."""
        self.room.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_preview(self, preview: Preview | None) -> None:
        """Show it; None lets the picture go."""
        if preview is self._preview:
            return
        fresh = preview is None or self._preview is None or preview.attachment != self._preview.attachment
        self._preview = preview
        self._zoom = 1.0 if fresh else self._zoom
        self.picture.clear()
        if preview is None:
            return
        known = preview.attachment
        self.name.setText(self._short(f"{KINDS[known.kind]}：{known.name}"))
        self.name.setToolTip(known.name)
        self.room.setAccessibleName(f"{known.name}的预览")
        several = preview.pages > 1
        self.page.setText(f"第{preview.page + 1}页，共{preview.pages}页" if several else "")
        for button, there in ((self.before, preview.page > 0), (self.after, preview.page + 1 < preview.pages)):
            button.setVisible(several)
            button.setEnabled(there)
        for button in (self.smaller, self.larger):
            button.setVisible(preview.image is not None)
        if preview.trouble is not None:
            self.states.show_trouble(preview.trouble, lambda: self._model.look_at(known.id))
        elif preview.image is None:
            self.states.show_loading("正在读取并核对……")
        else:
            self.states.show_content()
            self._draw()
            self.room.verticalScrollBar().setValue(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Draw anew for another width; keys of the picture."""
        if watched is self.room.viewport() and event.type() == QEvent.Type.Resize:
            self._draw()
        elif watched is self.room and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        deeds = {
            Qt.Key.Key_Left: lambda: self._model.turn(-1),
            Qt.Key.Key_Right: lambda: self._model.turn(1),
            Qt.Key.Key_Plus: lambda: self._resize(_STEP),
            Qt.Key.Key_Equal: lambda: self._resize(_STEP),
            Qt.Key.Key_Minus: lambda: self._resize(1 / _STEP),
        }
        deed = deeds.get(Qt.Key(event.key()))
        if deed is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        deed()
        return True

    def _resize(self, by: float) -> None:
        self._zoom = min(_MOST, max(_LEAST, self._zoom * by))
        self._draw()

    def _copy(self) -> None:
        if self._preview is not None:
            self._model.copy_out(self._preview.attachment.id)

    def _draw(self) -> None:
        """At size 1 a page fills the width and a photo is seen whole; the pixels of the screen are used where it has more of them."""
        if self._preview is None or self._preview.image is None:
            return
        ratio = self.devicePixelRatioF()
        image, room = self._preview.image, self.room.viewport()
        fits = room.width() - _MARGIN
        if self._preview.attachment.media is not MediaType.PDF:
            fits = min(fits, (room.height() - _MARGIN) * image.width() // max(image.height(), 1))
        width = max(1, round(fits * self._zoom * ratio))
        drawn = QPixmap.fromImage(image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        drawn.setDevicePixelRatio(ratio)
        self.picture.setPixmap(drawn)
        self.picture.adjustSize()

    def _short(self, words: str) -> str:
        return self.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideMiddle, self.fontMetrics().horizontalAdvance("国") * 18
        )


def _button(words: str, name: str, deed: object, icon: Icon | None = None) -> Button:
    made = Button(words, "quiet", icon)
    made.setObjectName(name)
    made.clicked.connect(deed)
    return made
