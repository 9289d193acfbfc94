"""Lists of people as offices keep them: read safely, checked row by row, stored, and answered.

For: any workbook or delimited text, any header spelling; each row accepted, or quarantined with a
sentence that says how to mend it; the uploader's own file back with the reasons beside the rows.
Never: repairs a digit of a NIK; decides who a person is or what the law says; drops a row.
"""
