"""From decree to paid months: the person-months, one payer each, and every paper that moves them.

For: decrees with their annex, batches to the insurer and its answers, bills recomputed to the rupiah,
payments, monthly mutations, replacements, arrears, and the letters that go with them.
Never: decides who is eligible or whose money it is (the law and funding do), guesses what a file did
not say, or calls a month paid without the document that paid it.
"""
