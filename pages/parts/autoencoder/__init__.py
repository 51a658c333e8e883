"""The room of the page *Autoencoder*: a network asked for its own inputs, its code, and what a loss can be."""
