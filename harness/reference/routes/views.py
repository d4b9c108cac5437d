"""What answers look like, where that is no record of the model."""

from pydantic import BaseModel

from hadrill.harness.reference.refusals import Code


class Begun(BaseModel):
    """What a request began; ask for the operation to see how far it is."""

    instance: str
    operation: int


class AccountView(BaseModel):
    """A database account that the customer is given."""

    user: str
    password: str


class ErrorView(BaseModel):
    """A refusal; nothing was changed."""

    code: Code
    message: str
