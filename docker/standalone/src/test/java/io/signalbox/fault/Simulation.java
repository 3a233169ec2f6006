package io.signalbox.fault;

import io.signalbox.fault.Operation.Kind;
import io.signalbox.fault.Operation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes good histories: clients at work on two connectors at once, whose requests arrive when they like, late or never, and
 * whose answers get lost; they ask again with the same id. The same seed makes the same history.
 */
final class Simulation {

    private static final int STEPS = 220;
    private static final List<String> KEYS = List.of("orders", "lines");
    private static final Kind[] MIX = {
        Kind.CREATE,
        Kind.CREATE,
        Kind.UPDATE,
        Kind.UPDATE,
        Kind.UPDATE,
        Kind.UPDATE,
        Kind.PAUSE,
        Kind.RESUME,
        Kind.STOP,
        Kind.DELETE,
        Kind.STRONG_READ,
        Kind.STRONG_READ,
        Kind.STRONG_READ,
        Kind.READ_WITH_TOKEN,
        Kind.READ_WITH_TOKEN
    };

    private static final class Client {
        private final String name;
        private Operation asked;
        private Operation answer;
        private Operation again;

        private Client(String name) {
            this.name = name;
        }
    }

    private final Random random;
    private final SimulatedLog log = new SimulatedLog();
    private final List<Operation> history = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<Operation> late = new ArrayList<>();
    private final List<Operation> told = new ArrayList<>();
    private long clock;
    private int ids;

    private Simulation(long seed) {
        random = new Random(seed);
        int many = 2 + random.nextInt(5);
        for (int i = 0; i < many; i++) {
            clients.add(new Client("c" + i));
        }
    }

    static History run(long seed) {
        return run(seed, STEPS);
    }

    /** @param steps of which an operation takes about three */
    static History run(long seed, int steps) {
        var simulation = new Simulation(seed);
        for (int i = 0; i < steps; i++) {
            simulation.step();
        }
        simulation.clients.stream().filter(client -> client.asked != null).forEach(simulation::giveUp);
        return new History(simulation.history, simulation.log.events());
    }

    private void step() {
        clock += 1 + random.nextInt(1_000);
        if (chance(5)) {
            log.observe(any(KEYS), "observed-" + ids++, random);
        } else if (chance(5) && !late.isEmpty()) {
            log.take(late.remove(random.nextInt(late.size())));
        } else {
            step(any(clients));
        }
    }

    private void step(Client client) {
        if (client.asked == null) {
            client.asked = client.again != null && chance(50) ? again(client) : ask(client.name);
            client.again = null;
        } else if (client.answer != null) {
            if (chance(6)) {
                giveUp(client);
            } else {
                end(client, client.answer);
            }
        } else if (chance(6)) {
            late.add(client.asked);
            giveUp(client);
        } else if (chance(3)) {
            var nothing = client.asked;
            end(client, nothing.ended(clock, Result.REFUSED, Operation.NOT_TAKEN, null, null, null));
        } else {
            client.answer = arrive(client.asked);
        }
    }

    private Operation arrive(Operation asked) {
        return switch (asked.kind()) {
            case STRONG_READ -> log.readLatest(asked);
            case READ_WITH_TOKEN -> log.readFromToken(asked, random);
            default -> log.take(asked);
        };
    }

    private void end(Client client, Operation as) {
        var done = client.asked.ended(clock, as.result(), as.code(), as.seen(), as.position(), as.replica());
        history.add(done);
        if (done.position() != null) {
            told.add(done);
        }
        client.asked = null;
        client.answer = null;
    }

    private void giveUp(Client client) {
        client.again = client.asked.kind().read() ? null : client.asked;
        late.removeIf(each -> each.kind().read());
        end(client, client.asked.ended(clock, Result.UNKNOWN, null, null, null, null));
    }

    private Operation again(Client client) {
        var first = client.again;
        return asked(
                client.name,
                first.key(),
                first.id(),
                first.kind(),
                first.ifMatch(),
                first.config(),
                first.initialState(),
                null);
    }

    private Operation ask(String client) {
        var kind = MIX[random.nextInt(MIX.length)];
        if (kind == Kind.READ_WITH_TOKEN && told.isEmpty()) {
            kind = Kind.CREATE;
        }
        var key = any(KEYS);
        var id = kind.read() ? null : "id-" + ids++;
        var token = kind == Kind.READ_WITH_TOKEN ? token() : null;
        var config =
                kind == Kind.CREATE || kind == Kind.UPDATE ? "m" + (chance(15) ? random.nextInt(3) : 10 + ids) : null;
        var initial = kind == Kind.CREATE ? TargetState.values()[random.nextInt(3)] : null;
        return asked(client, key, id, kind, ifMatch(kind, key), config, initial, token);
    }

    private String token() {
        var one = any(told).position();
        return chance(20) ? one + "," + any(told).position() : one;
    }

    private String ifMatch(Kind kind, String key) {
        if (kind.read() || kind == Kind.CREATE || !chance(kind == Kind.UPDATE ? 50 : 15)) {
            return null;
        }
        var seen = told.stream()
                .filter(each -> each.key().equals(key) && each.seen() != null)
                .map(Operation::seen)
                .toList();
        if (seen.isEmpty() || chance(10)) {
            return "*";
        }
        var last = seen.getLast();
        return chance(50) ? last.revision().toString() : "config-" + last.configRevision();
    }

    private Operation asked(
            String client,
            String key,
            String id,
            Kind kind,
            String ifMatch,
            String config,
            TargetState initial,
            String token) {
        return new Operation(
                client,
                key,
                id,
                kind,
                ifMatch,
                config,
                initial,
                token,
                clock,
                clock,
                Result.UNKNOWN,
                null,
                null,
                null,
                null);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
