"""Online geocoders: off unless upload is allowed; see docs/geocoding.md."""

from __future__ import annotations

from lxgeo.services.geocoders.open import geocoder_names, open_geocoder

__all__ = ["geocoder_names", "open_geocoder"]
