package io.signalbox.schemas;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.function.UnaryOperator;

/** Reads one component of a record. Made like a lambda, because reflection took a fifth of the time of a command. */
final class Accessor {

    private Accessor() {}

    /** @throws IllegalArgumentException when the record is not for others to read */
    @SuppressWarnings("unchecked")
    static UnaryOperator<Object> of(RecordComponent component) {
        try {
            var record = component.getDeclaringRecord();
            var lookup = MethodHandles.privateLookupIn(record, MethodHandles.lookup());
            var getter = lookup.unreflect(component.getAccessor());
            return (UnaryOperator<Object>) LambdaMetafactory.metafactory(
                            lookup,
                            "apply",
                            MethodType.methodType(UnaryOperator.class),
                            MethodType.methodType(Object.class, Object.class),
                            getter,
                            MethodType.methodType(component.getType(), record).wrap())
                    .getTarget()
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalArgumentException(component + " cannot be read", e);
        }
    }
}
