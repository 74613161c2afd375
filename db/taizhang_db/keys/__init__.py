"""The master key and the slots that wrap it: passphrase, recovery code, keyring of the operating system."""
