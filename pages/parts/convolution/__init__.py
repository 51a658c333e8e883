"""The room of the page *Convolution*: a network of filters in training, one window of it, and what filters do."""
