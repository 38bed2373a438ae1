"""Who may do what: a row for every address of the site, and what a GET and a POST of it give to each role.

A new address needs a row here; the test prints one that fits what each role found, to be read before it is taken over. Where a row's
outcome surprises, the line above it says why. <item> stands for fault, returncode, term, synonymgroup, wording, elsewhere, note; <list>
for category, environment, actor, source, codetable, retry, responseclass, variable, question; a row with the model's own name goes before
the family's. Addresses without a name stand by their route.

ok: 200.   login: sent to sign in.   Any other word: that status.
"""

from tests.security.crawling import ROLES

TABLE = """
#                                          GET by                                    | POST by
#                                          visit accnt nobdy editr revwr admin super | visit accnt nobdy editr revwr admin super

# The desk
choices                                    login login 403   ok    ok    ok    ok    | login login 405   405   405   405   405
item_choices                               login login 403   ok    ok    ok    ok    | login login 403   405   405   405   405
# Who may not see the rows of a list may not open its page: tests/admin/test_work_list.py has the other lists.
work_list                                  login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
close_flag                                 login login 405   405   405   405   405   | login login 403   302   302   302   302
# No conflict in this walk; tests/editing/test_renewal.py decides some.
renewal                                    login login 403   404   404   404   404   | login login 403   404   404   404   404
transfer                                   login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
transfer_template                          login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
transfer_export                            login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
# The table that an editor sent in: nobody else's, whatever their rank, and no word that it is there.
transfer_plan                              login login 403   ok    404   404   404   | login login 403   ok    404   404   404
replace                                    login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
transfer_columns                           login login 403   ok    404   404   404   | login login 403   ok    404   404   404
usage                                      login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
usage_alias                                login login 403   ok    ok    ok    ok    | login login 403   302   302   302   302
usage_wording                              login login 403   ok    ok    ok    ok    | login login 403   405   405   405   405
usage_list                                 login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
usage_csv                                  login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
usage_dealt                                login login 405   405   405   405   405   | login login 403   302   302   302   302

# The admin itself
# Shows only what the account may open: nothing to nobody, as test_staying_inside.py holds.
admin:search                               login login ok    ok    ok    ok    ok    | login login ok    ok    ok    ok    ok
admin:index                                login login ok    ok    ok    ok    ok    | login login ok    ok    ok    ok    ok
admin:login                                ok    ok    302   302   302   302   302   | ok    ok    ok    ok    ok    ok    ok
# An account without staff is to the admin as a visitor; it is sent to the first page, and stays signed in.
admin:logout                               302   302   405   405   405   405   405   | 302   302   ok    ok    ok    ok    ok
admin:password_change                      login login ok    ok    ok    ok    ok    | login login ok    ok    ok    ok    ok
password_change                            login login ok    ok    ok    ok    ok    | login login ok    ok    ok    ok    ok
admin:password_change_done                 login login ok    ok    ok    ok    ok    | login login 405   405   405   405   405
admin:autocomplete                         login login 403   ok    ok    ok    ok    | login login 405   405   405   405   405
admin:jsi18n                               login login ok    ok    ok    ok    ok    | login login 405   405   405   405   405
# Leads to the item's public address, which answers 404 to who may not read it.
admin:view_on_site                         login login 302   302   302   302   302   | login login 302   302   302   302   302
admin:app_list                             login login 404   ok    ok    ok    ok    | login login 404   ok    ok    ok    ok
admin/(?P<url>.*)$                         login login 404   404   404   404   404   | login login 404   404   404   404   404

# Entries, codes, terms, synonyms, what belongs to others: all through the gate
admin:faults_fault_assign                  login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_fault_merge                   login login 403   403   ok    ok    ok    | login login 403   403   302   302   302
admin:faults_fault_copy                    login login 403   ok    ok    ok    ok    | login login 403   302   302   302   302
# An empty form names no table to copy into.
admin:faults_returncode_copy               login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
# Who may decide what readers see; words need no review, so whoever writes may. An empty form sets no time.
admin:faults_synonymgroup_schedule         login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_wording_schedule              login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_<item>_schedule               login login 403   403   ok    ok    ok    | login login 403   403   ok    ok    ok
# Whoever sees a list may keep views of it.
admin:faults_<item>_views                  login login 405   405   405   405   405   | login login 403   302   302   302   302
# 302 says that the gate was asked, not that it agreed: tests/editing/test_publishing.py.
admin:faults_<item>_step                   login login 405   405   405   405   405   | login login 403   302   302   302   302
# Who may not decide is not asked either. Words need no review, so whoever writes may.
admin:faults_synonymgroup_ask              login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_wording_ask                   login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_elsewhere_ask                 login login 403   403   ok    ok    ok    | login login 403   403   ok    ok    ok
admin:faults_<item>_ask                    login login 403   403   ok    ok    ok    | login login 403   403   ok    ok    ok
admin:faults_<item>_review                 login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_<item>_compare                login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_<item>_restore                login login 405   405   405   405   405   | login login 403   302   302   302   302
admin:faults_<item>_deleted                login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_<item>_readiness              login login 405   405   405   405   405   | login login 403   ok    ok    ok    ok
admin:faults_<item>_similar                login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
# An empty form has no preview.
admin:faults_<item>_preview_form           login login 405   405   405   405   405   | login login 403   400   400   400   400
admin:faults_<item>_preview                login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_<item>_changelist             login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_<item>_add                    login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_<item>_history                login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
# Not by Django's own page, not even by a superuser: the gate deletes (step/delete), and only what readers don't see.
admin:faults_<item>_delete                 login login 403   403   403   403   403   | login login 403   403   403   403   403
admin:faults_<item>_change                 login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
# Django's short form of an item's address: leads to its change page, whether there is one or not.
admin/faults/<item>/<path:object_id>/      login login 302   302   302   302   302   | login login 302   302   302   302   302

# What a search should find
admin:faults_judgment_try                  login login 405   405   405   405   405   | login login 403   302   302   302   302
admin:faults_judgment_changelist           login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_judgment_add                  login login 403   ok    ok    ok    ok    | login login 403   302   302   302   302
admin:faults_judgment_history              login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_judgment_delete               login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_judgment_change               login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin/faults/judgment/<path:object_id>/    login login 302   302   302   302   302   | login login 302   302   302   302   302

# Incidents: proposed by who may write, changed and ended by who may publish once they are in force.
admin:faults_incident_end                  login login 405   405   405   405   405   | login login 403   403   302   302   302
admin:faults_incident_compare              login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_incident_restore              login login 405   405   405   405   405   | login login 403   403   403   403   403
admin:faults_incident_deleted              login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_incident_changelist           login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_incident_add                  login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_incident_history              login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
# What was said to callers stays in the list.
admin:faults_incident_delete               login login 403   403   403   403   403   | login login 403   403   403   403   403
admin:faults_incident_change               login login 403   ok    ok    ok    ok    | login login 403   403   ok    ok    ok
admin/faults/incident/<path:object_id>/    login login 302   302   302   302   302   | login login 302   302   302   302   302

# Short lists
admin:faults_<list>_compare                login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
# Lists have no gate, so there is no way to restore one of their versions.
admin:faults_<list>_restore                login login 405   405   405   405   405   | login login 403   403   403   403   403
admin:faults_<list>_deleted                login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_<list>_changelist             login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_<list>_add                    login login 403   403   403   ok    ok    | login login 403   403   403   302   302
# Whoever writes an entry may name what it rests on.
admin:faults_source_add                    login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_<list>_history                login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_<list>_delete                 login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok
admin:faults_<list>_change                 login login 403   ok    ok    ok    ok    | login login 403   403   403   ok    ok
admin:faults_source_change                 login login 403   ok    ok    ok    ok    | login login 403   403   403   ok    ok
admin/faults/<list>/<path:object_id>/      login login 302   302   302   302   302   | login login 302   302   302   302   302

# Accounts and roles: administrators alone
admin:auth_user_password_change            login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok
admin:auth_user_changelist                 login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok
admin:auth_user_add                        login login 403   403   403   ok    ok    | login login 403   403   403   302   302
admin:auth_user_history                    login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok
admin:auth_user_delete                     login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok
admin:auth_user_change                     login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok
admin/auth/user/<path:object_id>/          login login 302   302   302   302   302   | login login 302   302   302   302   302
admin:auth_group_changelist                login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok
admin:auth_group_add                       login login 403   403   403   ok    ok    | login login 403   403   403   302   302
admin:auth_group_history                   login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok
admin:auth_group_delete                    login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok
admin:auth_group_change                    login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok
admin/auth/group/<path:object_id>/         login login 302   302   302   302   302   | login login 302   302   302   302   302
# Who has no second factor to reset is led back.
admin:auth_user_second_factor              login login 403   403   403   302   302   | login login 403   403   403   302   302
admin:auth_user_sessions                   login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok

# The account of who did what: to read
admin:faults_audited_changelist            login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok
admin:faults_audited_history               login login 403   403   403   ok    ok    | login login 403   403   403   ok    ok
admin:faults_audited_change                login login 403   403   403   ok    ok    | login login 403   403   403   403   403
admin:faults_audited_add                   login login 403   403   403   403   403   | login login 403   403   403   403   403
admin:faults_audited_delete                login login 403   403   403   403   403   | login login 403   403   403   403   403
admin/faults/audited/<path:object_id>/     login login 302   302   302   302   302   | login login 302   302   302   302   302

# Where one is signed in
sessions                                   login login ok    ok    ok    ok    ok    | login login ok    ok    ok    ok    ok

# One's own second factor: whoever has none is led to setting it up
second_factor                              login login 302   302   302   302   302   | login login 302   302   302   302   302
second_factor_set_up                       login login ok    ok    ok    ok    ok    | login login ok    ok    ok    ok    ok
# Only for who gave a password and still owes a code (tests/security/test_second_factor_middleware.py); everybody else is led on.
second_step                                302   302   302   302   302   302   302   | 302   302   302   302   302   302   302

# The rules
admin:faults_deskrules_changelist          login login 403   302   302   302   302   | login login 403   302   302   302   302
admin:faults_deskrules_add                 login login 403   403   403   403   403   | login login 403   403   403   403   403
admin:faults_deskrules_history             login login 403   ok    ok    ok    ok    | login login 403   ok    ok    ok    ok
admin:faults_deskrules_delete              login login 403   403   403   403   403   | login login 403   403   403   403   403
# Who writes may know the rules.
admin:faults_deskrules_change              login login 403   ok    ok    ok    ok    | login login 403   403   403   ok    ok
admin/faults/deskrules/<path:object_id>/   login login 302   302   302   302   302   | login login 302   302   302   302   302

# Public pages
set_language                               302   302   302   302   302   302   302   | 302   302   302   302   302   302   302
home                                       ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
results                                    ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
suggestions                                ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
entries                                    ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
fault                                      ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
flag                                       ok    ok    ok    ok    ok    ok    ok    | 302   302   302   302   302   302   302
procedures                                 ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
notices                                    ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
codes                                      ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
code                                       ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
terms                                      ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
worker                                     ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
offline_list                               ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
offline                                    ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
offline_words                              ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
sitemap                                    ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
robots                                     ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
opensearch                                 ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
manifest                                   ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
call                                       ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok
feed                                       ok    ok    ok    ok    ok    ok    ok    | ok    ok    ok    ok    ok    ok    ok

# What readers say
helpful                                    302   302   302   302   302   302   302   | ok    ok    ok    ok    ok    ok    ok
solved                                     302   302   302   302   302   302   302   | ok    ok    ok    ok    ok    ok    ok
opened                                     405   405   405   405   405   405   405   | 204   204   204   204   204   204   204
repeated                                   405   405   405   405   405   405   405   | 204   204   204   204   204   204   204
typed                                      405   405   405   405   405   405   405   | 204   204   204   204   204   204   204

# Said aloud
<number:number>                            301   301   301   301   301   301   301   | 301   301   301   301   301   301   301
<number:number>/                           301   301   301   301   301   301   301   | 301   301   301   301   301   301   301
c/<code:code>                              301   301   301   301   301   301   301   | 301   301   301   301   301   301   301
c/<code:code>/                             301   301   301   301   301   301   301   | 301   301   301   301   301   301   301
"""


def rows() -> dict[str, dict[str, tuple[str, str]]]:
    """name → role → what a GET and what a POST gives."""
    lines = [line for line in TABLE.splitlines() if line and not line.startswith("#")]
    return dict(map(_row, lines))


def _row(line: str) -> tuple[str, dict[str, tuple[str, str]]]:
    name, *cells = line.replace("|", " ").split()
    assert len(cells) == 2 * len(ROLES), f"{name}: a GET and a POST for each of {', '.join(ROLES)}"
    return name, dict(zip(ROLES, zip(cells[: len(ROLES)], cells[len(ROLES) :], strict=True), strict=True))


def written(name: str, found: dict[str, tuple[str, str]]) -> str:
    """The row as it would stand in the table."""
    gets, posts = (" ".join(f"{found[role][which]:5}" for role in ROLES) for which in (0, 1))
    return f"{name:42} {gets} | {posts}".rstrip()
