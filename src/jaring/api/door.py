"""Who knocks, what they may do, and how a refusal is told to a machine."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.security import HttpBearer

from jaring.facts.reason import Refused
from jaring.officers.scope import Scope, acting, of, scoped
from jaring.officers.tokens import holder

_Answer = TypeVar("_Answer")


class Token(HttpBearer):
    """``Authorization: Bearer …``. The token stands for its officer: same rights, same territory."""

    def authenticate(self, request: HttpRequest, token: str) -> Scope | None:
        officer = holder(token)
        return of(officer, timezone.localdate()) if officer else None


def requires(right: str, *, persons: bool = True, also: tuple[str, ...] = ()) -> Callable[..., Any]:
    """Run an operation inside its token's scope, for those with ``right`` or one that is ``also`` enough.

    ``persons`` false: the work reaches the whole regency although its role sees no person (the insurer's
    branch fetching a batch); the operation itself then gives out only what its right names.
    """

    def around(operation: Callable[..., _Answer]) -> Callable[..., _Answer]:
        @wraps(operation)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> _Answer:
            scope: Scope = request.auth  # type: ignore[attr-defined]
            if not any(scope.may(one) for one in (right, *also)):
                raise HttpError(403, "Token ini tidak berhak melakukan hal itu.")
            with scoped(scope) if persons else acting(scope, right):
                return operation(request, *args, **kwargs)

        # Its annotations are text that only its own module can read.
        guarded.__signature__ = inspect.signature(operation, eval_str=True)  # type: ignore[attr-defined]
        guarded.rights = (right, *also)  # type: ignore[attr-defined]
        return guarded

    return around


api = NinjaAPI(
    title="Jaring",
    version="1",
    description=(
        "Pintu untuk mesin: daftar masuk, berkas kirim keluar, jawaban BPJS masuk, cakupan. "
        "Setiap token mewakili satu akun, dengan hak dan wilayah akun itu."
    ),
    auth=Token(),
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Any) -> HttpResponse:
    reason = refused.reason
    body = {"code": reason.code, "detail": reason.sentence, "mend": reason.mend}
    return api.create_response(request, body, status=409)
