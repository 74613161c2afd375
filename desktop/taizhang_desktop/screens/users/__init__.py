"""用户: one's own passphrase, the users of this PC, the recovery code and the keys."""
