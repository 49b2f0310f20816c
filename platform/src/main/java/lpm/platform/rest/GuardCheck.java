package lpm.platform.rest;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lpm.platform.App;

/** Fails the start of a service one of whose endpoints says neither {@link Scopes} nor {@link Public}. */
@Singleton
final class GuardCheck {
    private final BeanManager beans;

    private final Instance<App> app;
    private final TokenHash hash;

    GuardCheck(BeanManager beans, Instance<App> app, TokenHash hash) {
        this.beans = beans;
        this.app = app;
        this.hash = hash;
    }

    void check(@Observes StartupEvent event) {
        if (app.isUnsatisfied()) {
            return; // a process without features serves nobody
        }
        hash.require();
        Set<Bean<?>> all = beans.getBeans(Object.class, Any.Literal.INSTANCE);
        List<String> missing = new ArrayList<>();
        for (Bean<?> bean : all) {
            if (bean.getBeanClass().isAnnotationPresent(Path.class)) {
                missing.addAll(Guard.missing(bean.getBeanClass()));
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("endpoints need @Scopes or @Public: " + missing);
        }
    }
}
