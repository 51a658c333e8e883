"""Figures of the page *Recurrence*: states and gates over the steps, gradients at earlier states, success by distance."""
