// SPDX-License-Identifier: GPL-2.0-only
/*
 * An I2C adapter and an SPI controller whose wires end in a program: each transfer that a driver or /dev/i2c-N or /dev/spidevB.C asks for
 * is handed to whoever has /dev/motcua-i2c or /dev/motcua-spi open, and what he answers is what the chips said.
 *
 *   edge ── /dev/i2c-1 ── i2c-dev ── adapter here ── /dev/motcua-i2c ── virtual chips of a test
 *
 * A read gives one transfer: struct wire_head, then for each message a struct wire_message and, when it is written, its bytes.
 * A write gives the answer: struct wire_answer, then the bytes of all messages that are read, in order. Status is 0 or a negative errno.
 * Nobody there: no chip acknowledges. No answer within patience_ms: the bus is stuck.
 *
 * /sys/module/motcua_wire/parameters/present: 0 unplugs both as a USB adapter is unplugged, 1 plugs them in again.
 */
#include <linux/completion.h>
#include <linux/i2c.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/spi/spi.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#define WIRE_MOST_BYTES 32768
#define WIRE_READ 1

struct wire_head {
	__u32 id;
	__u32 messages;
	__u32 hertz;
	__u32 mode;
};

struct wire_message {
	__u32 address;
	__u32 flags;
	__u32 length;
};

struct wire_answer {
	__u32 id;
	__s32 status;
};

/* One wire. The bus core lets one transfer in at a time; the lock is between it and the program. */
struct wire {
	struct miscdevice device;
	struct mutex lock;
	wait_queue_head_t asked;
	struct completion answered;
	bool open;
	bool waiting;	/* A transfer is there that nobody has read. */
	bool pending;	/* A transfer waits for its answer. */
	u32 id;
	u8 *request;
	size_t request_length;
	u8 *reply;
	size_t reply_length;
	size_t reply_wanted;
	int status;
};

static struct wire i2c_wire, spi_wire;
static struct platform_device *parent;
static struct spi_controller *controller;
static struct i2c_adapter *adapter;
static bool gone;

static int i2c_bus = 1;
module_param(i2c_bus, int, 0444);
static int spi_bus;
module_param(spi_bus, int, 0444);
static uint patience_ms = 1000;
module_param(patience_ms, uint, 0444);

static struct wire *wire_of(struct file *file)
{
	return container_of(file->private_data, struct wire, device);
}

static int wire_open(struct inode *inode, struct file *file)
{
	struct wire *wire = wire_of(file);
	int error = 0;

	mutex_lock(&wire->lock);
	if (wire->open)
		error = -EBUSY;
	else
		wire->open = true;
	mutex_unlock(&wire->lock);
	return error;
}

static int wire_release(struct inode *inode, struct file *file)
{
	struct wire *wire = wire_of(file);

	mutex_lock(&wire->lock);
	wire->open = false;
	if (wire->pending) {
		wire->status = -ENXIO;
		wire->pending = false;
		wire->waiting = false;
		complete(&wire->answered);
	}
	mutex_unlock(&wire->lock);
	return 0;
}

static ssize_t wire_read(struct file *file, char __user *to, size_t room, loff_t *at)
{
	struct wire *wire = wire_of(file);
	ssize_t length;

	for (;;) {
		mutex_lock(&wire->lock);
		if (wire->waiting)
			break;
		mutex_unlock(&wire->lock);
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(wire->asked, READ_ONCE(wire->waiting)))
			return -ERESTARTSYS;
	}

	length = wire->request_length;
	if (room < length)
		length = -EMSGSIZE;
	else if (copy_to_user(to, wire->request, length))
		length = -EFAULT;
	else
		wire->waiting = false;
	mutex_unlock(&wire->lock);
	return length;
}

static ssize_t wire_write(struct file *file, const char __user *from, size_t length, loff_t *at)
{
	struct wire *wire = wire_of(file);
	struct wire_answer answer;
	ssize_t result = length;

	if (length < sizeof(answer) || length > WIRE_MOST_BYTES)
		return -EINVAL;
	if (copy_from_user(&answer, from, sizeof(answer)))
		return -EFAULT;

	mutex_lock(&wire->lock);
	if (!wire->pending || answer.id != wire->id) {
		result = -ESTALE;	/* Too late: the driver has given up on it. */
	} else if (answer.status > 0 || (answer.status == 0 && length - sizeof(answer) != wire->reply_wanted)) {
		result = -EINVAL;
	} else if (copy_from_user(wire->reply, from + sizeof(answer), length - sizeof(answer))) {
		result = -EFAULT;
	} else {
		wire->reply_length = length - sizeof(answer);
		wire->status = answer.status;
		wire->pending = false;
		wire->waiting = false;
		complete(&wire->answered);
	}
	mutex_unlock(&wire->lock);
	return result;
}

static __poll_t wire_poll(struct file *file, poll_table *table)
{
	struct wire *wire = wire_of(file);

	poll_wait(file, &wire->asked, table);
	return EPOLLOUT | EPOLLWRNORM | (READ_ONCE(wire->waiting) ? EPOLLIN | EPOLLRDNORM : 0);
}

static const struct file_operations wire_operations = {
	.owner = THIS_MODULE,
	.open = wire_open,
	.release = wire_release,
	.read = wire_read,
	.write = wire_write,
	.poll = wire_poll,
};

static int wire_begin(struct wire *wire, u32 messages, u32 hertz, u32 mode)
{
	struct wire_head head = { .id = ++wire->id, .messages = messages, .hertz = hertz, .mode = mode };

	memcpy(wire->request, &head, sizeof(head));
	wire->request_length = sizeof(head);
	wire->reply_wanted = 0;
	return 0;
}

static int wire_add(struct wire *wire, u32 address, u32 flags, const void *bytes, u32 length)
{
	struct wire_message message = { .address = address, .flags = flags, .length = length };
	size_t carried = flags & WIRE_READ ? 0 : length;

	if (wire->request_length + sizeof(message) + carried > WIRE_MOST_BYTES || wire->reply_wanted + length > WIRE_MOST_BYTES / 2)
		return -EMSGSIZE;
	memcpy(wire->request + wire->request_length, &message, sizeof(message));
	wire->request_length += sizeof(message);
	memcpy(wire->request + wire->request_length, bytes, carried);
	wire->request_length += carried;
	if (flags & WIRE_READ)
		wire->reply_wanted += length;
	return 0;
}

/* The caller has begun and added, and holds the lock; it is held again when this returns. */
static int wire_carry(struct wire *wire)
{
	if (gone)
		return -ENODEV;
	if (!wire->open)
		return -ENXIO;

	reinit_completion(&wire->answered);
	wire->pending = true;
	WRITE_ONCE(wire->waiting, true);
	mutex_unlock(&wire->lock);
	wake_up_interruptible(&wire->asked);
	wait_for_completion_timeout(&wire->answered, msecs_to_jiffies(patience_ms));
	mutex_lock(&wire->lock);
	if (wire->pending) {
		wire->pending = false;
		wire->waiting = false;
		return -ETIMEDOUT;
	}
	return wire->status;
}

static int i2c_transfer_messages(struct i2c_adapter *from, struct i2c_msg *messages, int count)
{
	struct wire *wire = &i2c_wire;
	size_t at = 0;
	int error, i;

	mutex_lock(&wire->lock);
	error = wire_begin(wire, count, 0, 0);
	for (i = 0; i < count && !error; i++)
		error = wire_add(wire, messages[i].addr, messages[i].flags & I2C_M_RD ? WIRE_READ : 0, messages[i].buf, messages[i].len);
	if (!error)
		error = wire_carry(wire);
	for (i = 0; i < count && !error; i++) {
		if (messages[i].flags & I2C_M_RD) {
			memcpy(messages[i].buf, wire->reply + at, messages[i].len);
			at += messages[i].len;
		}
	}
	mutex_unlock(&wire->lock);
	return error ? error : count;
}

static u32 i2c_can(struct i2c_adapter *from)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm i2c_way = {
	.master_xfer = i2c_transfer_messages,
	.functionality = i2c_can,
};

static int spi_transfer_message(struct spi_controller *from, struct spi_message *message)
{
	struct wire *wire = &spi_wire;
	struct spi_transfer *part;
	u32 count = 0, hertz = message->spi->max_speed_hz;
	int error;

	list_for_each_entry(part, &message->transfers, transfer_list) {
		count++;
		hertz = min(hertz, part->speed_hz ? part->speed_hz : hertz);
	}
	mutex_lock(&wire->lock);
	error = wire_begin(wire, count, hertz, message->spi->mode & (SPI_MODE_X_MASK | SPI_CS_HIGH | SPI_LSB_FIRST));
	list_for_each_entry(part, &message->transfers, transfer_list) {
		if (!error)
			error = part->tx_buf ? wire_add(wire, message->spi->chip_select, 0, part->tx_buf, part->len) : -EINVAL;
		if (!error)
			message->actual_length += part->len;
	}
	if (!error)
		error = wire_carry(wire);
	mutex_unlock(&wire->lock);
	/* SPI has no acknowledge: with nobody there the bits go nowhere and no error comes. */
	message->status = error == -ENXIO ? 0 : error;
	spi_finalize_current_message(from);
	return 0;
}

static int add_i2c(void)
{
	int error;

	adapter = kzalloc(sizeof(*adapter), GFP_KERNEL);
	if (!adapter)
		return -ENOMEM;
	adapter->owner = THIS_MODULE;
	adapter->algo = &i2c_way;
	adapter->nr = i2c_bus;
	adapter->dev.parent = &parent->dev;
	strscpy(adapter->name, "motcua wire", sizeof(adapter->name));
	error = i2c_add_numbered_adapter(adapter);
	if (error) {
		kfree(adapter);
		adapter = NULL;
	}
	return error;
}

static int add_spi(void)
{
	struct spi_board_info board = { .modalias = "motcua-wire", .max_speed_hz = 10000000 };
	int error, select;

	controller = spi_alloc_master(&parent->dev, 0);
	if (!controller)
		return -ENOMEM;
	controller->bus_num = spi_bus;
	controller->num_chipselect = 2;
	controller->mode_bits = SPI_CPOL | SPI_CPHA | SPI_CS_HIGH | SPI_LSB_FIRST;
	controller->transfer_one_message = spi_transfer_message;
	error = spi_register_controller(controller);
	if (error) {
		spi_controller_put(controller);
		controller = NULL;
		return error;
	}
	for (select = 0; select < 2; select++) {
		board.chip_select = select;
		if (!spi_new_device(controller, &board))
			return -ENODEV;
	}
	return 0;
}

/* Returns when every program has closed its device: the kernel holds the adapter for them. */
static void remove_buses(void)
{
	WRITE_ONCE(gone, true);
	if (controller)
		spi_unregister_controller(controller);
	controller = NULL;
	if (adapter)
		i2c_del_adapter(adapter);
	kfree(adapter);
	adapter = NULL;
}

static int set_present(const char *text, const struct kernel_param *parameter)
{
	bool wanted;
	int error = kstrtobool(text, &wanted);

	if (error || !parent || wanted == !gone)
		return error;
	if (!wanted) {
		remove_buses();
		return 0;
	}
	WRITE_ONCE(gone, false);
	error = add_i2c();
	return error ? error : add_spi();
}

static int get_present(char *text, const struct kernel_param *parameter)
{
	return sysfs_emit(text, "%d\n", !gone);
}

static const struct kernel_param_ops present_operations = { .set = set_present, .get = get_present };
module_param_cb(present, &present_operations, NULL, 0644);

static int wire_init(struct wire *wire, const char *name)
{
	mutex_init(&wire->lock);
	init_waitqueue_head(&wire->asked);
	init_completion(&wire->answered);
	wire->request = kzalloc(WIRE_MOST_BYTES, GFP_KERNEL);
	wire->reply = kzalloc(WIRE_MOST_BYTES, GFP_KERNEL);
	if (!wire->request || !wire->reply)
		return -ENOMEM;
	wire->device.minor = MISC_DYNAMIC_MINOR;
	wire->device.name = name;
	wire->device.fops = &wire_operations;
	return misc_register(&wire->device);
}

static void wire_exit(struct wire *wire)
{
	if (wire->device.this_device)
		misc_deregister(&wire->device);
	kfree(wire->request);
	kfree(wire->reply);
}

static void leave(void)
{
	remove_buses();
	wire_exit(&i2c_wire);
	wire_exit(&spi_wire);
	platform_device_unregister(parent);
}

static int __init motcua_wire_init(void)
{
	int error;

	parent = platform_device_register_simple("motcua-wire", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	error = wire_init(&i2c_wire, "motcua-i2c");
	if (!error)
		error = wire_init(&spi_wire, "motcua-spi");
	if (!error)
		error = add_i2c();
	if (!error)
		error = add_spi();
	if (error)
		leave();
	return error;
}

static void __exit motcua_wire_exit(void)
{
	leave();
}

module_init(motcua_wire_init);
module_exit(motcua_wire_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("I2C and SPI buses whose chips are a program, for tests");
