"""Every table of the service, for whoever needs all of them at once (migrations, tests)."""

from sqlmodel import SQLModel

from service.accounts import tables as accounts
from service.agencies import tables as agencies
from service.cases import tables as cases
from service.entitlements import tables as entitlements
from service.gaps import tables as gaps
from service.installation import tables as installation
from service.ledger import tables as ledger
from service.notifications import tables as notifications
from service.pathways import tables as pathways
from service.referrals import tables as referrals
from service.takeover import tables as takeover

NOUNS = (
    *(accounts, agencies, cases, entitlements, gaps, installation, ledger, notifications),
    *(pathways, referrals, takeover),
)
"""The modules that define them: once they are imported, the metadata is complete."""

metadata = SQLModel.metadata
