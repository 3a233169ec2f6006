package io.signalbox.fault;

import io.signalbox.fault.Operation.Kind;
import io.signalbox.fault.Operation.Result;

/** Ways to break a good history, each with the flaw that the witness check must find, and whether the search must, too. */
enum Mutation {
    LOST_ACKNOWLEDGEMENT(Flaw.LOST, false) {
        @Override
        History breakIn(Scene scene) {
            return scene.change(
                    scene.effect(call -> call.ok()),
                    call -> scene.withLog(scene.logWithout(
                            event -> event.commandId().equals(call.asked().id()))));
        }
    },
    SECOND_CREATE_WINS(Flaw.LOST, true) {
        @Override
        History breakIn(Scene scene) {
            return scene.change(
                    scene.other(call -> call.refused()
                            && call.answer().code().equals(Connector.ALREADY_EXISTS)
                            && scene.never(call, Kind.DELETE)),
                    call -> scene.told(call, Result.OK, null, null));
        }
    },
    DUPLICATE_EVENT_SET(Flaw.DUPLICATE_EVENTS, false) {
        @Override
        History breakIn(Scene scene) {
            return scene.change(scene.effect(call -> true), call -> scene.withLog(scene.logWithAgain(call)));
        }
    },
    TWO_ANSWERS_FOR_ONE_ID(Flaw.TWO_ANSWERS, false) {
        @Override
        History breakIn(Scene scene) {
            return scene.change(
                    scene.any(call -> !call.asked().kind().read() && !call.unknown()), scene::toldOtherwise);
        }
    },
    STALE_STRONG_READ(Flaw.STALE_READ, true) {
        @Override
        History breakIn(Scene scene) {
            return scene.outdated(Kind.STRONG_READ, (read, effect) -> effect.completedAt() < read.invokedAt());
        }
    },
    STRONG_READ_SEES_NOTHING(Flaw.STALE_READ, true) {
        @Override
        History breakIn(Scene scene) {
            return scene.change(
                    scene.other(call -> call.asked().kind() == Kind.STRONG_READ
                            && call.ok()
                            && scene.never(call, Kind.DELETE)
                            && scene.answeredBefore(call)),
                    call -> scene.told(call, Result.REFUSED, Connector.NOT_FOUND, null));
        }
    },
    READ_OLDER_THAN_ITS_TOKEN(Flaw.READ_BEFORE_TOKEN, true) {
        @Override
        History breakIn(Scene scene) {
            return scene.outdated(Kind.READ_WITH_TOKEN, (read, effect) -> read.mustHave(effect.position()));
        }
    },
    LOG_AGAINST_REAL_TIME(Flaw.OUT_OF_ORDER, true) {
        @Override
        History breakIn(Scene scene) {
            return scene.twoInTurn((a, b) -> scene.swapped(a, b, Mutation::timesOf));
        }
    },
    POSITIONS_AGAINST_THE_LOG(Flaw.OUT_OF_ORDER, false) {
        @Override
        History breakIn(Scene scene) {
            return scene.twoInTurn((a, b) -> scene.swapped(a, b, Mutation::positionOf));
        }
    },
    REVISION_CHECK_IGNORED(Flaw.WRONG_DECISION, true) {
        @Override
        History breakIn(Scene scene) {
            return scene.change(
                    scene.effect(call -> call.ok()
                            && call.seen() != null
                            && call.asked().ifMatch() == null
                            && scene.before(call).active()),
                    call -> scene.asking(call, Long.toString(scene.before(call).revision() - 1)));
        }
    },
    WRONG_STATE_IN_AN_ANSWER(Flaw.WRONG_ANSWER, false) {
        @Override
        History breakIn(Scene scene) {
            return scene.change(scene.effect(call -> call.seen() != null), call -> {
                var seen = call.seen();
                var other = seen.targetState() == TargetState.PAUSED ? TargetState.STOPPED : TargetState.PAUSED;
                return scene.told(
                        call, Result.OK, null, new Seen(seen.revision(), seen.configRevision(), other, seen.config()));
            });
        }
    },
    READ_OF_WHAT_NOBODY_WROTE(Flaw.WRONG_ANSWER, true) {
        @Override
        History breakIn(Scene scene) {
            return scene.change(scene.other(call -> call.asked().kind().read() && call.ok()), call -> {
                var seen = call.seen();
                return scene.told(
                        call,
                        Result.OK,
                        null,
                        new Seen(seen.revision(), seen.configRevision(), seen.targetState(), "nobody's"));
            });
        }
    },
    REFUSED_BUT_DONE(Flaw.REFUSED_BUT_DONE, false) {
        @Override
        History breakIn(Scene scene) {
            return scene.change(
                    scene.effect(Call::ok), call -> scene.told(call, Result.REFUSED, Connector.NOT_FOUND, null));
        }
    },
    WRONG_REFUSAL(Flaw.WRONG_DECISION, true) {
        @Override
        History breakIn(Scene scene) {
            return scene.change(
                    scene.other(call -> call.refused() && !call.asked().kind().read()),
                    call -> scene.told(call, Result.REFUSED, "NO_STATUS", null));
        }
    },
    STEP_THAT_NOBODY_ASKED_FOR(Flaw.UNASKED, false) {
        @Override
        History breakIn(Scene scene) {
            return scene.change(scene.effect(call -> true), scene::without);
        }
    },
    GAP_IN_THE_LOG(Flaw.LOG_BROKEN, false) {
        @Override
        History breakIn(Scene scene) {
            return scene.change(scene.effect(call -> scene.effectOf(call).after() < scene.last(call)), call -> {
                var gone = scene.effectOf(call).step();
                return scene.withLog(scene.history().log().stream()
                        .filter(event -> event != gone)
                        .toList());
            });
        }
    };

    private final Flaw flaw;
    private final boolean searchable;

    Mutation(Flaw flaw, boolean searchable) {
        this.flaw = flaw;
        this.searchable = searchable;
    }

    /** @return null when the history has no place for it */
    abstract History breakIn(Scene scene);

    Flaw flaw() {
        return flaw;
    }

    /** Whether the answers alone show it, without the log. */
    boolean searchable() {
        return searchable;
    }

    private static Operation timesOf(Operation mine, Operation other) {
        return new Operation(
                mine.client(),
                mine.key(),
                mine.id(),
                mine.kind(),
                mine.ifMatch(),
                mine.config(),
                mine.initialState(),
                mine.token(),
                other.invokedAt(),
                other.completedAt(),
                mine.result(),
                mine.code(),
                mine.seen(),
                mine.position(),
                mine.replica());
    }

    private static Operation positionOf(Operation mine, Operation other) {
        return mine.ended(
                mine.completedAt(), mine.result(), mine.code(), mine.seen(), other.position(), mine.replica());
    }
}
