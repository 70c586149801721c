"""How the description of the API tells of parameters: their forms, words and examples."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qs

from api.parameters import Parameter
from api.resource import Resource

FORMAT: Final = "format"
LISTED: Final = " Commas or repetition: any of them."


def parameters_of(resource: Resource, examples: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Give the parameters of a resource, those of its path first."""
    for name, text in resource.in_path.items():
        yield path_parameter(name, text, {**examples, **resource.path_examples})
    for parameter in resource.parameters.values():
        yield _in_query(parameter, resource, examples)


def path_parameter(name: str, text: str, examples: Mapping[str, str]) -> dict[str, Any]:
    """Return a part of a path, with an example that the release holds."""
    example = {"example": examples[name]} if examples.get(name) else {}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": text,
        "schema": {"type": "string", "minLength": 1},
        **example,
    }


def _in_query(
    parameter: Parameter, resource: Resource, examples: Mapping[str, str]
) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "minLength": 1, **parameter.form}
    example: Any = parameter.example or examples.get(parameter.name)
    if parameter.name == FORMAT:
        schema["enum"] = list(resource.formats)
        example = resource.formats[-1]
    if schema["type"] != "string":
        del schema["minLength"]
        example = int(example) if example else None
    if example:
        # Not as `example`: Swagger UI would fill in every one of them, and ask with all at once.
        schema["examples"] = [example]
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": parameter.text + (LISTED if parameter.is_list else ""),
        "schema": schema,
    }
    if parameter.is_list:
        listed = {"type": "array", "minItems": 1, "items": schema}
        described |= {"schema": listed, "style": "form", "explode": False}
    return described | _filled_in(parameter, resource)


def _filled_in(parameter: Parameter, resource: Resource) -> dict[str, Any]:
    """Return the value of a parameter in the example of its resource, if it has one.

    Swagger UI asks with these together, so they must be of one question that is answered.
    """
    value = parse_qs(resource.example).get(parameter.name, [""])[0]
    if not value:
        return {}
    whole = parameter.form.get("type") == "integer"
    return {"example": value.split(",") if parameter.is_list else int(value) if whole else value}
