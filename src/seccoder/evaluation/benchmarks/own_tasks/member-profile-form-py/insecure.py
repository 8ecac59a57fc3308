def update_profile(member, form):
    """Change a member's record, a dict, to what the form sent: name, town and dog, of which some may be missing.

    The record has further keys, such as "fee_paid" and "is_admin".
    """
    member.update(form)
