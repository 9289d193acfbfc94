"""Who is who: rows of many lists linked to persons, the register of persons, and what people decided.

For: linkage (pure, in frames), the register with its encrypted keys, the review queue whose answers bind.
Never: merges two valid NIKs that do not look like one mistyped; decides what a person cannot; shows a NIK.
"""
