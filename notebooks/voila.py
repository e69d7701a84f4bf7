"""Settings of plain `voila notebooks/`: our page and headers. It asks for no token; add `--token` for one."""

from pophealth.delivery.app import settings

c.merge(settings())  # noqa: F821  Voila gives c
