"""Convolution: small filters that look at every place of a picture, and the network that is made of them.

`windows` has the operations, `architecture` says where each matrix lies, `passes` runs forward and back in buffers made
once, and `network` is the model.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {"network": "ConvNet", "windows": "conv2d max_pool2d"})
