"""What counts how much in search: every weight and bound, in one list."""

from faults.models.search_documents import CODE, TERM

# Field weights, in one list. A word in a title says more about an entry than the same word in its symptom.
WEIGHTS = {"title": 1.0, "screens": 1.0, "aliases": 0.95, "wordings": 0.85, "body": 0.45}
CLAUSE = 0.9  # how far one clause is trusted beside the whole query
IN_TITLE = 0.02  # what a word in the title adds to the same word elsewhere
PHRASES = ("title", "screens", "aliases", "wordings")  # what is short enough to be compared as a whole
KIND_WEIGHTS = {CODE: 0.95, TERM: 0.7}  # told what to do comes before told what a word means

HOMOPHONE = 0.7  # it sounds the same and is written otherwise
TYPED_SOUND = 0.9  # pinyin typed on purpose
UNKNOWN = 3.0  # the weight of a pair that stands nowhere; a pair in one document of 500 weighs about 6
STRANGE = 0.7  # a short query with a word that stands nowhere is about something else, whatever the rest of it
STRANGE_LENGTH = 2  # characters in a row that no known pair covers
SHORT_QUERY = 6  # pairs
PHRASE = 0.9  # how much likeness to the nearest whole phrase adds, beside the words' own weight of 1
CONTAINED = 0.45  # of that likeness: how much of the phrase was said; the rest is how alike the two are as a whole
TELLING = 9.0  # the weight that words of a contained phrase need to mean much: two rare pairs
CLEARLY = 0.2  # how much likelier it must sound than look before we say that we took it by ear
SYNONYM = 0.85  # another word for it is a little less sure than the word itself
WHOLE = 3  # the power that its share is raised to: half of another wording is another word
VARIANTS = 16  # ways to say the query that are compared as a whole
CLOSE_LOOK = 24  # documents whose phrases are compared

BOOST = 0.04  # the most that an entry rises among answers for having solved many calls: it settles what is close, nothing else
EXACT_CODE = 20.0  # the code that was named stands above everything that was merely said, and above the same code of other tables
OWN_PHRASE = 4.0  # the query is, as a whole, a title, a screen's text or an alias
OTHERS_PHRASE = 1.0  # the same of a code of foreign cards or another acquirer: terminals here show UnionPay's
KNOWN_WORDING = 2.0  # or what callers are known to say
BELONGS = 1.0  # an entry that belongs to the named code
SAID_BESIDE = 10.0  # how far words beside a named code put its tables in another order
OURS_BESIDE = 1.6  # how much more it counts in the desk's own table
LIKELY_CODE = 0.25  # how well a code's own words must fit when a bare number stands among other words
UNFAMILIAR = 0.5  # what is taken off when all that was said is in words that stand nowhere here
ELSEWHERE = 0.45  # what is left for a document that doesn't speak of the matter of others that was named
ASKED = {CODE: 0.6, TERM: 1.4}  # who asks where, what, who or how much saw no code, and wants a word explained
VAGUE = 0.5  # the most that can be said of the first where nothing was said but that it doesn't work, whatever alias says the same
SURE = 0.7  # from this probability on the first is presented as the answer
PERHAPS = 0.45  # from this chance on that one of three is right they are presented; below it nothing is an answer
SPREAD = 0.6  # how far below the first others may stand and still be shown
