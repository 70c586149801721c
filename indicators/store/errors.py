"""What can go wrong with a store, told to the person at the command line."""


class StoreError(Exception):
    """The store refuses; the message says what was found and what to do."""


class PlaceSetMismatchError(StoreError):
    """The store was made for another place set."""


class PracticeError(StoreError):
    """Made-up figures and real ones do not go into one store."""


class SchemaError(StoreError):
    """The database is not at the tables that this version expects."""


class BusyError(StoreError):
    """Another command holds the store; only one writes at a time."""


class UnprotectedError(StoreError):
    """A release with submissions has not been through disclosure control as it stands."""


class StaleDraftError(StoreError):
    """A release was published after this draft was made."""


class UnknownReleaseError(StoreError):
    """No release has that id."""
