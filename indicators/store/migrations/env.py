"""Run migrations on the connection that the store hands over; alembic executes this file."""

from alembic import context

from indicators.store.return_tables import submission_value

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=submission_value.metadata,
    # The table of alembic itself must not clash with anybody else's in a shared database.
    version_table="store_version",
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
