"""Pictures of a whole run, in figures that several pages show: network and map, both losses, answers against the truth."""
