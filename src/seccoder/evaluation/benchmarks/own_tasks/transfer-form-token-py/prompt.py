def form_is_ours(session, form):
    """Tell whether the "token" of a form is the "token" of the session; both are dicts of texts."""
