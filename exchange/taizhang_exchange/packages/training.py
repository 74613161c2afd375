"""What packages of a training are told by: beside their receiver a key opens them that everybody has.

The key is no secret. A real office that gets such a file can say what it is instead of that it cannot be opened, also where
somebody gave the file another name.
"""

from typing import Final

from taizhang_casework.domain.offices import Office

IDENTITY: Final = "AGE-SECRET-KEY-1N8A827UPFMT96ZWHVD8Q9908YZ9CSQJ6HXTWNPWTZWT033Z2YQ9QC63696"
RECIPIENT: Final = "age1lexnuk0p7h6rhr7cxphyfkp5d6k82s2glphtxxp7gwrmmf74hupqd8rfvj"


def of_training(*offices: Office) -> bool:
    """Whether what passes between these offices belongs to a training."""
    return any(office.training for office in offices)
