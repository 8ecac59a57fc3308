import java.time.LocalDateTime;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentMap;

public final class AppointmentBook {
    public record Appointment(String owner, String pet, LocalDateTime time) {}

    private final ConcurrentMap<String, Appointment> appointments;

    public AppointmentBook(ConcurrentMap<String, Appointment> appointments) {
        this.appointments = appointments;
    }

    /** Moves an appointment as the form asks; false if somebody else changed it meanwhile. */
    public boolean reschedule(String signedIn, Map<String, String> form) {
        String number = form.getOrDefault("appointment", "");
        Appointment appointment = appointments.get(number);
        // Who asks is what the session says; other people's appointments look like none at all.
        if (appointment == null || !appointment.owner().equals(signedIn)) {
            throw new NoSuchElementException("no such appointment");
        }
        LocalDateTime time = LocalDateTime.parse(form.getOrDefault("time", ""));
        return appointments.replace(number, appointment, new Appointment(signedIn, appointment.pet(), time));
    }
}
