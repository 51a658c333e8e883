"""Inside a network that is trained on a page of its own: every matrix of it, its gradient checked, and its code.

A page hands in what is on screen as a `Trained`; whether that is filters, a recurrent cell or an autoencoder makes no
difference to what can be looked at.
"""
