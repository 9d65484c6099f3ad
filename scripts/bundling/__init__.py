"""What `make bundle` is made of: one zip that installs lxgeo where there is no network."""
