"""Instruments: typed sentences and their bindings into motion, letters and diagnosis.

The verbs stand in the files of their names: `compose`, `setting.write`, `verify.verify_file`,
`leaks.leaks`; `package.prepare` and `package.write_all` do all of it for a case.
"""
