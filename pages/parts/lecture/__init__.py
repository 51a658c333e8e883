"""For the lecturer: what every page offers to somebody who stands in front of a class. Presenter view, sharing by link and
QR code, a lecture as an ordered list of steps in one link, and asking the room, whose answers are kept for hours at most.
"""
