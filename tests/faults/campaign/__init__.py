"""The crash campaign: real programs over real engines, killed at seeded moments, started again, and compared.

`python -m tests.faults.campaign --kills 200 --seed 1` (or `make campaign`). A round is made of its seed and number
alone, so `--only N` repeats one; only what the machine does in between is never twice the same.

`ground`    the input and the homes a round begins with, and the exports of the undisturbed runs
`clerk`     a person at the window, inside the window's own process: types, removes, undoes, exports, and writes down
            what the program has shown as saved
`plans`     what a round does, by its seed
`killing`   runs a program until the moment has come, and kills
`verdict`   what must hold afterwards
`outputs`   whether exports are whole
`report`    the table
"""
