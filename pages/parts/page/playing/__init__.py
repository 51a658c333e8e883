"""Training in front of a person: what plays, pauses, stops, goes on and rewinds, for a Run and for every other training."""
