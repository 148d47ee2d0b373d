"""Matching entities with candidates exactly.

The problem (weighted job interval selection) is NP-hard, but real sentences are easy:
most are settled by a glance (`favourites`), the rest shrinks (`reductions`) until
prices (`prices`) or a walk over the words (`labels`) prove an optimum; what is left
goes to a general solver (`programme`). `solver` puts them in order.
"""
