"""Assistance: what flows, which law could stop it, what is barred already, who must be vetted."""
