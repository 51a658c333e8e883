"""Diagnosis: what is wrong with a training run, in plain words.

`checks` names everything that is looked for, in order; the modules beside it hold the symptoms, family by family, and
`evidence` what they are judged by.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {"checks": "diagnose", "evidence": "Evidence Finding"})
