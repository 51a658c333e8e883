"""What of a line on a surface in space can be seen, and from where most of it is.

The surface stands in a cube of side 1 about the origin, as Plotly draws it with `aspectmode` "cube", and is looked at from
above. A point just above it is hidden where the surface rises above the straight line from the point to the eye.
"""

import math

import numpy as np

Array = np.ndarray

EYE = (1.7, -2.0, 1.25)  # default direction of the camera, if nothing is hidden from there
TURNS = (0, 30, -30, 60, -60, 90, -90, 135, -135, 180)  # degrees about the upright axis
ELEVATIONS = (1.25, 1.8, 2.4)
RAY = np.linspace(0.02, 1.0, 60)  # of the way to the eye, where the line of sight is looked at


def height_at(x: Array, y: Array, z: Array, points: Array) -> Array:
    """The height (...,) of the surface z (B, A) over even axes x (A,) and y (B,) at points (..., 2), between grid points on
    straight lines; nan beyond the axes.
    """
    across, upwards = ((points[..., k] - axis[0]) / (axis[1] - axis[0]) for k, axis in enumerate((x, y)))
    inside = (across >= 0) & (across <= len(x) - 1) & (upwards >= 0) & (upwards <= len(y) - 1)
    column = np.clip(np.nan_to_num(across), 0, len(x) - 1.000001)
    row = np.clip(np.nan_to_num(upwards), 0, len(y) - 1.000001)
    i, j = row.astype(int), column.astype(int)
    u, v = row - i, column - j
    low = z[i, j] * (1 - v) + z[i, j + 1] * v
    high = z[i + 1, j] * (1 - v) + z[i + 1, j + 1] * v
    return np.where(inside, low * (1 - u) + high * u, np.nan)


def in_sight(z: Array, points: Array, eye: tuple[float, float, float]) -> Array:
    """Which points (M, 3) of the cube can be seen from `eye` over the surface z (B, A), bool (M,)."""
    x, y = (np.linspace(-0.5, 0.5, n) for n in z.shape[::-1])
    rays = points[:, None] + RAY[:, None] * (np.array(eye) - points[:, None])  # (M, T, 3)
    return ~(height_at(x, y, z, rays[..., :2]) > rays[..., 2]).any(axis=1)  # a hole (nan) hides nothing


def best_eye(z: Array, path: Array, ball: Array) -> tuple[float, float, float]:
    """From where in the cube's units the `ball` (3,) is seen, and of the path (F, 3) as much as can be.

    The surface z (B, A) and all points are in the cube; of places that show as much the one nearest to the usual is taken.
    """
    eyes = [_turned(turn, elevation) for elevation in ELEVATIONS for turn in TURNS]
    shown = [round(2.0 * float(in_sight(z, ball[None], eye)[0]) + _share(in_sight(z, path, eye)), 1) for eye in eyes]
    return eyes[int(np.argmax(shown))]


def _share(seen: Array) -> float:
    return float(seen.mean()) if len(seen) else 0.0


def _turned(degrees: float, elevation: float) -> tuple[float, float, float]:
    """The usual eye turned about the upright axis, and as far away at another elevation."""
    distance = math.hypot(*EYE)
    radius = math.sqrt(distance**2 - elevation**2)
    angle = math.atan2(EYE[1], EYE[0]) + math.radians(degrees)
    return radius * math.cos(angle), radius * math.sin(angle), elevation
