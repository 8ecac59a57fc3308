import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

public final class Guard {
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Allowed {
        String[] value();
    }

    private Guard() {}

    public static <T> T protect(Class<T> type, T service, Supplier<Set<String>> callerRoles) {
        InvocationHandler check = (proxy, method, arguments) -> {
            Allowed allowed = method.getAnnotation(Allowed.class);
            if (allowed != null && Collections.disjoint(List.of(allowed.value()), callerRoles.get())) {
                throw new SecurityException("not allowed: " + method.getName());
            }
            try {
                return method.invoke(service, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, check));
    }
}
