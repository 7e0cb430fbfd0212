"""The box: files from outside are read in a process that can do nothing but read them.

``kernel`` knows what Linux offers without root, ``lockdown`` puts it in force, ``running``
starts one box and watches it, ``acts`` are what can be done in a box, ``wire`` is the plain
form in which answers come back, ``pool`` keeps clean processes that boxes are made from, and
``boxes`` puts it all behind the port of `verbale.workflow.outside`.
"""
