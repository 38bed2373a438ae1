"""Forms of the desk have hundreds of fields. What Django's tests keep of each rendering is kept of pages, not of fields."""

import pytest
from django.template.base import Template

OF_FIELDS = ("django/forms/", "admin/widgets/")


@pytest.fixture(autouse=True, scope="package")
def no_context_is_kept_of_a_field():
    """For a client's `context`, Django copies the whole context at each rendering: a quarter of the time that a form takes."""
    noted = Template._render

    def render(self, context):
        return self.nodelist.render(context) if (self.name or "").startswith(OF_FIELDS) else noted(self, context)

    Template._render = render
    yield
    Template._render = noted
