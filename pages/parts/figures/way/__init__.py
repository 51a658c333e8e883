"""Pictures of a whole run, in figures that several pages show: small network and map, and both losses over the epochs."""
