"""Reads the SDK's type stubs as its input and prints where they and the SDK itself disagree."""

import ast
import inspect

import platform_sdk

NOTHING = object()
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def main():
    stubs = ast.parse(platform_sdk.get_input()).body
    classes = {each.name: each for each in stubs if isinstance(each, ast.ClassDef)}
    functions = [each for each in stubs if isinstance(each, DEFINITIONS)]
    variables = [each.target.id for each in stubs if isinstance(each, ast.AnnAssign)]
    everything = named({*classes, *(each.name for each in functions), *variables})
    differ("names", everything, named(dir(platform_sdk)))
    for each in stubs:
        if isinstance(each, ast.Assign):
            differ("__all__", ast.literal_eval(each.value), platform_sdk.__all__)
    for function in functions:
        if hasattr(platform_sdk, function.name):
            compare_function(function.name, function, getattr(platform_sdk, function.name))
    for name in named(classes):
        if hasattr(platform_sdk, name):
            compare_class(name, classes[name], getattr(platform_sdk, name))


def named(names):
    return sorted(name for name in names if not name.startswith("_"))


def compare_class(name, stub, real):
    differ(f"bases of {name}", issubclass(real, Exception), "Exception" in map(ast.unparse, stub.bases))
    methods = {each.name: each for each in stub.body if isinstance(each, DEFINITIONS)}
    differ(f"methods of {name}", named(methods), named(m for m in vars(real) if callable(getattr(real, m))))
    for method in methods.values():
        compare_function(f"{name}.{method.name}", method, vars(real)[method.name])


def compare_function(name, stub, real):
    differ(f"async of {name}", isinstance(stub, ast.AsyncFunctionDef), inspect.iscoroutinefunction(real))
    overloaded = "overload" in map(ast.unparse, stub.decorator_list) or stub.name.startswith("call_ai_many")
    wanted, found = parameters_of_stub(stub), parameters_of(real)
    if overloaded:
        wanted, found = ([each[:2] for each in some] for some in (wanted, found))
    differ(f"parameters of {name}", wanted, found)


def parameters_of(function):
    return [
        (each.name, each.kind.name, NOTHING if each.default is each.empty else each.default)
        for each in inspect.signature(function).parameters.values()
    ]


def parameters_of_stub(function):
    a = function.args
    plain = [(each.arg, "POSITIONAL_OR_KEYWORD") for each in a.args]
    defaults = [NOTHING] * (len(plain) - len(a.defaults)) + [ast.literal_eval(each) for each in a.defaults]
    found = [(*each, default) for each, default in zip(plain, defaults)]
    for each, default in zip(a.kwonlyargs, a.kw_defaults):
        found.append((each.arg, "KEYWORD_ONLY", NOTHING if default is None else ast.literal_eval(default)))
    return found


def differ(what, stubs, sdk):
    if stubs != sdk:
        print(f"{what}: stubs {stubs}, SDK {sdk}")


main()
