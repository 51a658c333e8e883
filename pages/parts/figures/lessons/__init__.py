"""The lessons' figures: what was predicted with what happened over it, and the few pictures that the steps share."""
