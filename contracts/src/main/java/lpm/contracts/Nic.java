package lpm.contracts;

import java.util.List;

/** One virtual network interface: its MAC and the addresses routed to it. */
public record Nic(String mac, List<String> addresses) {
    public Nic {
        addresses = List.copyOf(addresses);
    }
}
